"""Scripts → finished folders, worked out on a Dask cluster; the extra `cluster`.

The client plans each script, sends the takes that are missing, one unit each, then one unit that
mixes, masters and writes the episode, and puts that in its place. Texts, ids and facts travel by
Dask; sound travels through the store of takes. Imported only when a cluster is asked for.
"""

from paperledge_audio.cluster.asking import ClusterSize, ask_cluster
from paperledge_audio.cluster.connecting import open_cluster
from paperledge_audio.cluster.flow import Cluster

__all__ = ["Cluster", "ClusterSize", "ask_cluster", "open_cluster"]
