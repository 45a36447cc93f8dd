"""The switches of libraries that report on their users: all off, before any of them is imported.

onnxruntime 1.31 keeps an id of the device in the user's cache folder and looks up a host of its maker's at its
import; chromadb, huggingface_hub (which tokenizers and llama-index may bring) and others ask these variables.
"""

import os

_OFF = {
    "ORT_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def switch_off() -> None:
    """For this process and those that it starts, whatever its environment says."""
    os.environ.update(_OFF)
