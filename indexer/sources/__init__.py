"""Where paintings come from: folders of images, tables of their paths, and files that hold the pictures."""

from indexer.sources.opening import open_source
from indexer.sources.port import Kind, Remark, Source

__all__ = ["Kind", "Remark", "Source", "open_source"]
