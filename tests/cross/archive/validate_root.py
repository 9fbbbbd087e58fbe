"""Validates a storage root with ocfl-py: validate_root.py ROOT. Exit code 0 only when root, objects and places are right.

ocfl-py 2.1.0 has no layout 0004 (its own tool then says INVALID and exits with 0), so the layout is taught here, from the
text of the extension and in Python: https://ocfl.github.io/extensions/0004-hashed-n-tuple-storage-layout.html
"""
import hashlib
import os
import sys

from ocfl.layout_0003_hash_and_id_n_tuple import Layout_0003_Hash_And_Id_N_Tuple
from ocfl.layout_registry import add_layout
from ocfl.storage_root import StorageRoot

NAME = "0004-hashed-n-tuple-storage-layout"


class HashedNTuple(Layout_0003_Hash_And_Id_N_Tuple):
    """As 0003, but the object root is the digest itself."""

    def __init__(self):
        super().__init__()
        self.NAME = NAME
        self.PARAMS["shortObjectRoot"] = self.check_short

    def check_short(self, value):
        assert value is False, "only full digests are expected"

    def identifier_to_path(self, identifier):
        digest = hashlib.new(self.digest_algorithm, identifier.encode()).hexdigest()
        size = self.tuple_size
        return os.path.join(*(digest[i * size:(i + 1) * size] for i in range(self.number_of_tuples)), digest)


add_layout(NAME, HashedNTuple)
root = StorageRoot(root=sys.argv[1])
# `validate` answers for the folders alone; what it found in objects is in the counts and in `errors`, warnings included.
valid = root.validate(log_warnings=True)
objects, good, errors = root.num_objects, root.good_objects, root.errors
misplaced = [path for path, identifier in root.list_objects() if root.layout.identifier_to_path(identifier) != path]
print("folders valid:", valid, "objects:", objects, "valid:", good, "messages:", errors, "misplaced:", misplaced)
sys.exit(0 if valid and objects > 0 and good == objects and not errors and not misplaced else 1)
