// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/ContentSet.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <string>

namespace carillon {

// A file that travels with a mail.
struct MailFile {
    QString name;
    QByteArray type = "application/octet-stream"; // with its parameters, as in a header
    QByteArray data;
    QString contentId; // of an image within the mail, "logo" or "logo@example.org"; empty: an attachment
};

// What the template's setting "attachments" names, with the bytes from the content's assets. The error says which entry is
// wrong; its field is "attachments".
Result<QList<MailFile>> attachmentsOf(const Template& source, const ContentSet& content);

// Moves the images that stand in the HTML itself (src="data:image/png;base64,...") into files of their own and refers to
// them by content id: Gmail and others show no data: images. The same image is one file.
void moveDataImages(std::string& html, QList<MailFile>& files);

// Content ids must have a domain (RFC 2392): gives one to those that have none, in the files and where the HTML names them.
void qualifyContentIds(const QString& domain, std::string& html, QList<MailFile>& files);

} // namespace carillon
