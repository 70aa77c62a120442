"""Measuring sound: loudness after ITU-R BS.1770, true peak, and the filters that this takes."""
