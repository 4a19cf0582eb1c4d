"""May this person …? What readers leave is the newsroom's to see; correspondents see none of it."""
