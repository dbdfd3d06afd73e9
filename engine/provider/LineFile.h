// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace carillon {

// A file to which whole lines are appended, and are on the disk when append() returns. Blocks; belongs to one thread.
//
// A line is never half: what a full disk cut off is taken back, and what somebody else left unfinished is ended before the
// next line begins. A file that was moved or removed (logrotate) is opened anew under its name. Several programs may append
// to one file: each append is one write at the file's end.
class LineFile {
public:
    enum class Kind {
        Written, // and flushed
        NotWritten, // nothing of it is in the file
        Unknown, // written, but the disk did not confirm it
    };
    struct Appended {
        Kind kind = Kind::Written;
        QString reason; // when not written: what the system said
    };

    // `path`: absolute. Opened when first needed; made, for its owner only, when it is not there. Directories are not made.
    explicit LineFile(QString path);
    ~LineFile();

    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;

    // `lines`: one or more, each with its line end.
    Appended append(const QByteArray& lines);

    // What would keep a line from being written, as far as can be told without writing one; empty: nothing.
    QString obstacle() const;

private:
    bool isStillThere() const;
    QString open();
    void close();
    bool endsWithinLine() const;
    void takeBack(qint64 written) const;
    bool flush();

    const QString m_path;
    int m_file = -1;
    bool m_isRegular = false; // else a device: nothing to take back or to flush
    bool m_isNew = false; // its name is not on the disk for certain
};

} // namespace carillon
