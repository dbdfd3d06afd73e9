// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace carillon::ui {

// A file in a mail.
struct MailAttachment {
    QString name;
    QString type; // "application/pdf"
    qint64 size = 0; // bytes, decoded
    bool isInline = false; // an image of the HTML, by its content id
};

// An image that HTML refers to as "cid:<content id>".
struct InlineImage {
    QByteArray type;
    QByteArray bytes;

    friend bool operator==(const InlineImage&, const InlineImage&) = default;
};

struct MailFiles {
    QList<MailAttachment> attachments;
    QHash<QString, InlineImage> images; // by content id, without < >
};

// The attachments and inline images of a mail (RFC 2045 to 2047, 2183, 2231), read from its source: what the preview shows
// is what would go out. Takes any bytes; at most 200 parts in 10 levels are looked at, and at most 100 images kept.
MailFiles readMailFiles(const QByteArray& source);

} // namespace carillon::ui
