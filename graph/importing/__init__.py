"""Event data that other programs have coded, read into newsloom's own shape: readings, to be woven with all others."""

from .gdelt import read_gdelt

__all__ = ["read_gdelt"]
