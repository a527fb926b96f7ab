"""Posts that people hold: heads of offices and groups, and their deputies."""

from __future__ import annotations

import re

POST = re.compile(
    r"(?P<deputy>副)?(?P<post>(?:秘书|理事|董事|[局县市区镇乡村厅部处科院校所站队组会行州旗馆司社团])长|书记|主任|主席|总指挥"
    r"|总经理|教授)"
)
"""A post as it is named, and whether it is the deputy's."""
