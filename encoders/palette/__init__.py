"""Hand-made features of colour, light, texture and composition: the offline backbone's image side."""

from encoders.palette.catalogue import FEATURE_GROUPS, FEATURE_NAMES, FEATURE_VERSION, features

__all__ = ["FEATURE_GROUPS", "FEATURE_NAMES", "FEATURE_VERSION", "features"]
