"""compare.py SENT BACK: checks that every field of the resources that were sent is in those that the server returns.

Quantities may be written differently, and base64 without line breaks; stringData becomes data. Fields that the server has
added are ignored."""
import base64
import json
import re
import sys

SUFFIXES = {"": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}


def quantity(value):
    match = re.fullmatch(r"([0-9.]+)([a-zA-Z]*)", str(value))
    return float(match[1]) * SUFFIXES[match[2]] if match and match[2] in SUFFIXES else None


def missing(sent, back, path):
    if isinstance(sent, dict) and isinstance(back, dict):
        for key, value in sent.items():
            # The server drops empty values.
            if key in back or value not in (None, "", [], {}):
                yield from missing(value, back.get(key), f"{path}.{key}")
    elif isinstance(sent, list) and isinstance(back, list) and len(sent) == len(back):
        for i, value in enumerate(sent):
            yield from missing(value, back[i], f"{path}[{i}]")
    elif sent != back and (quantity(sent) is None or quantity(sent) != quantity(back)):
        yield f"{path}: sent {json.dumps(sent)}, got {json.dumps(back)}"


def objects(name):
    with open(name) as file:
        text, decoder, found = file.read(), json.JSONDecoder(), []
    while text.strip():
        document, end = decoder.raw_decode(text := text.lstrip())
        text = text[end:]
        found += document["items"] if document["kind"] == "List" else [document]
    for item in found:
        if item["kind"] == "Secret":
            for key, value in item.get("data", {}).items():
                item["data"][key] = "".join(value.split())
            for key, value in item.pop("stringData", {}).items():
                item.setdefault("data", {})[key] = base64.b64encode(value.encode()).decode()
        yield item["kind"], item["metadata"].get("namespace"), item["metadata"]["name"], item


sent, back = list(objects(sys.argv[1])), list(objects(sys.argv[2]))
problems = [] if len(sent) == len(back) else [f"sent {len(sent)} objects, got {len(back)}"]
for kind, namespace, name, item in sent:
    found = [o for k, n, m, o in back if (k, m) == (kind, name) and n in (namespace or "default", None)]
    for problem in missing(item, found[0], f"{kind} {name}") if found else [f"{kind} {name} did not come back"]:
        problems.append(problem)
print("\n".join(problems), end="\n" if problems else "")
sys.exit(bool(problems))
