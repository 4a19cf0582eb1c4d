"""The verbs of readers, who have no account, and of the newsroom that answers them."""
