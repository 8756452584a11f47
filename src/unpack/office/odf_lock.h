// SPDX-License-Identifier: Apache-2.0
// The lock of an OpenDocument package (ODF 1.2 part 3, sections 3.4 and 4.8; part 3 of ODF 1.3 alike): each member
// deflated, then encrypted under a key of its own, which META-INF/manifest.xml tells how to make out of the password.
// AES in CBC and Blowfish with PBKDF2; the whole packages of LibreOffice since 24.2 (Argon2id, AES-GCM) stay locked.
#pragma once

#include "unpack/office/package.h"

namespace careo {

/// Is a member of the package locked, as its manifest says?
bool is_locked_odf(const OfficePackage& package);

/// The package without its lock as a child. Denied where no password opens it, or the lock is none that is read here.
/// REQUIRES: is_locked_odf(package).
Result<void> unlock_odf(const OfficePackage& package, const Budget& budget, Sink& sink);

}  // namespace careo
