"""How IIIF manifests are sent."""

from fastapi.responses import JSONResponse

from search_api.http.iiif import PROFILE


class ManifestResponse(JSONResponse):
    """JSON that viewers recognise."""

    media_type = PROFILE
