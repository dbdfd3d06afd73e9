// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TerminalPrompt.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace carillon {

namespace {

constexpr qsizetype LongestLine = 4096;

// The terminal without its echo, as long as this lives.
class QuietTerminal {
public:
    QuietTerminal()
        : m_file(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        if (m_file < 0 || tcgetattr(m_file, &m_before) != 0)
            return;
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        m_quiet = tcsetattr(m_file, TCSAFLUSH, &quiet) == 0;
    }

    ~QuietTerminal()
    {
        if (m_quiet)
            tcsetattr(m_file, TCSAFLUSH, &m_before);
        if (m_file >= 0)
            ::close(m_file);
    }

    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

    bool isThere() const { return m_quiet; }

    void say(const QByteArray& text) const
    {
        // A terminal that takes nothing will not answer either.
        if (::write(m_file, text.constData(), size_t(text.size())) < 0)
            return;
    }

    QByteArray readLine() const
    {
        QByteArray line;
        char c = 0;
        while (line.size() < LongestLine && ::read(m_file, &c, 1) == 1 && c != '\n')
            line += c;
        return line;
    }

private:
    int m_file;
    termios m_before{};
    bool m_quiet = false;
};

} // namespace

Result<Secret> askSecret(const QString& question)
{
    const QuietTerminal terminal;
    if (!terminal.isThere())
        return fail(ErrorCode::NeedsSecret,
                    QCoreApplication::translate("TerminalPrompt", "There is no terminal to ask for the secret."));
    terminal.say(question.toUtf8());
    const Secret typed(terminal.readLine());
    terminal.say("\n");
    if (typed.isEmpty())
        return fail(ErrorCode::NeedsSecret, QCoreApplication::translate("TerminalPrompt", "Nothing was typed."));
    return typed;
}

} // namespace carillon
