// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace carillon {

// Where a workspace was used last: written into it at each opening that may send. What comes along with a copy.
struct WorkspacePlace {
    QString machine; // /etc/machine-id hashed together with the workspace's id, never itself; empty: the machine has none
    QString host; // for people
    QString path; // absolute, without symbolic links
    qint64 device = 0;
    qint64 inode = 0;
    qint64 generation = 0; // grows with each opening
    qint64 usedAt = 0;

    // This machine and this file; generation and time are the caller's.
    static WorkspacePlace here(const QString& path, const QString& workspaceId);

    friend bool operator==(const WorkspacePlace&, const WorkspacePlace&) = default;
};

QJsonObject toJson(const WorkspacePlace& place);
// Nothing when it is no place.
std::optional<WorkspacePlace> workspacePlaceOf(const QJsonObject& object);

// What this machine remembers of a workspace, outside of it. What does not come along with a copy.
struct WorkspaceMemory {
    qint64 generation = 0;
    qint64 seq = 0; // the last log entry that was seen
};

enum class PlaceVerdict {
    Same, // it may send
    OtherMachine,
    OtherFile, // a copy
    OlderCopy, // this machine has seen a newer one
};

// A workspace without a place was never used, and may send. One that was renamed is the same file; so is one whose file was
// replaced in its place by nothing older than what this machine remembers. Device numbers may change when a machine starts,
// so the same path and inode are enough.
PlaceVerdict judgePlace(const std::optional<WorkspacePlace>& before, const WorkspacePlace& now,
                        const std::optional<WorkspaceMemory>& memory, qint64 lastSeq);

} // namespace carillon
