// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDebug>

namespace carillon {

// A password, token or key on its way from the vault to the wire. Printing one shows dots; there is no conversion to a
// string, so that a secret cannot slip into a log, an error or a database by accident: reveal() says it aloud.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray value)
        : m_value(std::move(value))
    {
    }

    bool isEmpty() const { return m_value.isEmpty(); }
    const QByteArray& reveal() const { return m_value; }

    friend bool operator==(const Secret&, const Secret&) = default;

private:
    QByteArray m_value;
};

inline QDebug operator<<(QDebug out, const Secret&)
{
    return out << "\u2022\u2022\u2022";
}

} // namespace carillon
