"""How paintings are chosen throughout training: by their places in the collection."""

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
