"""Measuring loudness (ITU-R BS.1770) and true peak, and the filters for it."""
