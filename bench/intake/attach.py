#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""attach.py FOLDER... : a mailbox on standard output, one mail for each office file and PDF of the folders, attached."""
import base64, os, sys, textwrap

KINDS = {".pdf", ".doc", ".xls", ".ppt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf"}
files = sorted(os.path.join(at, name) for folder in sys.argv[1:] for at, _, names in os.walk(folder) for name in names)
for number, path in enumerate(each for each in files if os.path.splitext(each)[1].lower() in KINDS):
    with open(path, "rb") as file:
        body = "\n".join(textwrap.wrap(base64.b64encode(file.read()).decode(), 76))
    name = f"document {number}{os.path.splitext(path)[1].lower()}"
    print(f"""From bench@office.example Thu Sep 28 10:00:00 2023
From: Bench <bench@office.example>
To: reader@office.example
Subject: {name}
Date: Thu, 28 Sep 2023 10:00:00 +0000
Message-ID: <{number}@office.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

The document is attached.

--part
Content-Type: application/octet-stream; name="{name}"
Content-Disposition: attachment; filename="{name}"
Content-Transfer-Encoding: base64

{body}
--part--
""")
