# SPDX-License-Identifier: Apache-2.0
"""check_schema.py FOLDER: the examples of FOLDER are valid by its emulator.schema.json, and broken ones are not."""
import copy
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

folder = pathlib.Path(sys.argv[1])
schema = json.loads((folder / "emulator.schema.json").read_text())
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)

for name in ["example.json", "full.json"]:
    for error in validator.iter_errors(json.loads((folder / name).read_text())):
        sys.exit(f"{name}: {error.json_path}: {error.message}")

full = json.loads((folder / "full.json").read_text())
breaks = {
    "an unknown member": lambda file: file["emulator"].update(prot=1),
    "a wrong type": lambda file: file["emulator"].update(port="8787"),
    "an unknown mode": lambda file: file["eventConfig"]["connectionAuthModes"].append({"authType": "KEY"}),
    "keys from two places": lambda file: file["emulator"]["tokenProviders"][0].update(jwks={"keys": []}),
}
for what, break_it in breaks.items():
    broken = copy.deepcopy(full)
    break_it(broken)
    if validator.is_valid(broken):
        sys.exit(f"{what} is taken for valid")
