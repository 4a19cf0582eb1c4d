"""``python -m newsroom.embedded stop|remove FOLDER…``: works without settings to read."""

import sys

from newsroom.embedded.cluster import Cluster
from newsroom.embedded.problem import ClusterError

if __name__ == "__main__":
    try:
        for folder in sys.argv[2:]:
            {"stop": Cluster.stop, "remove": Cluster.remove}[sys.argv[1]](Cluster(folder))
    except ClusterError as problem:
        sys.exit(str(problem))
