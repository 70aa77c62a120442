"""Imported by each worker of a cluster that was started here, before it works.

Ctrl-C reaches all processes of a terminal; the client hears it, and ends the workers.
"""

import signal
import threading

if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
