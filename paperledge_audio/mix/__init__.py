"""From takes to the finished sound: arrange them, mix, measure, master.

A `Strip` is what takes go through, `arrange` puts them and the music on a time line, `mixdown`
sums it, `measure` reads loudness and true peak, `master` brings a mix to the target that
`target_for` names.
"""

from paperledge_audio.mix.mastering import master
from paperledge_audio.mix.meter import measure
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.strip import Strip
from paperledge_audio.mix.targets import PROFILES, Target, target_for
from paperledge_audio.mix.timeline import arrange

__all__ = ["PROFILES", "Strip", "Target", "arrange", "master", "measure", "mixdown", "target_for"]
