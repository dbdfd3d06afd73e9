// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/ContactPicker.h"

#include "engine/base/Future.h"
#include "engine/model/EmailAddress.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QTimer>
#include <QToolButton>

namespace carillon::ui {

namespace {

constexpr int pauseMs = 120;
constexpr int listLength = 12;

QString labelOf(const Contact& contact)
{
    const QString name = contact.name.isEmpty() ? contact.externalId : contact.name;
    const Address first = contact.addresses.value(0);
    const QString address = shownAddress(first.channel, first.value);
    if (name.isEmpty() || address.isEmpty())
        return name + address;
    return name + QStringLiteral(" · ") + address;
}

QString kindText(WorstCase::Kind kind)
{
    switch (kind) {
    case WorstCase::Longest: return ContactPicker::tr("Longest message");
    case WorstCase::Shortest: return ContactPicker::tr("Shortest message");
    case WorstCase::MissingFields: return ContactPicker::tr("Most fields missing");
    case WorstCase::RightToLeftName: return ContactPicker::tr("Name from right to left");
    case WorstCase::LongestName: return ContactPicker::tr("Longest name");
    case WorstCase::Failing: return ContactPicker::tr("Cannot be rendered");
    }
    return {};
}

QToolButton* arrow(Qt::ArrowType type, const QString& name, const QString& tip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setArrowType(type);
    button->setAutoRaise(true);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    setRole(button, "quiet");
    return button;
}

} // namespace

QString worstCaseText(const WorstCase& worst)
{
    const QString kind = worst.channel.isEmpty()
        ? kindText(worst.kind)
        : ContactPicker::tr("%1 (%2)").arg(kindText(worst.kind), channelTitle(worst.channel));
    const QString text = ContactPicker::tr("%1: %2").arg(kind, worst.contactName);
    return worst.value > 0 ? text + QStringLiteral(" · ") + countText(worst.value) : text;
}

ContactPicker::ContactPicker(Search search, QWidget* parent)
    : QWidget(parent)
    , m_search(std::move(search))
    , m_text(new QLineEdit(this))
    , m_previous(arrow(Qt::LeftArrow, QStringLiteral("previousContact"), tr("Previous contact (Alt+Left)"), this))
    , m_next(arrow(Qt::RightArrow, QStringLiteral("nextContact"), tr("Next contact (Alt+Right)"), this))
    , m_worst(new QToolButton(this))
    , m_worstMenu(new QMenu(m_worst))
    , m_completer(new QCompleter(this))
    , m_labels(new QStringListModel(this))
    , m_pause(new QTimer(this))
{
    m_text->setObjectName(QStringLiteral("previewContact"));
    m_text->setAccessibleName(tr("Contact to preview as"));
    m_text->setPlaceholderText(tr("A sample contact (type to search)"));
    m_text->setToolTip(tr("Type a name or an address; Up and Down walk through the contacts"));
    m_text->installEventFilter(this);
    setFocusProxy(m_text);
    m_completer->setModel(m_labels);
    m_completer->setWidget(m_text);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("previewContactList"));
    m_pause->setSingleShot(true);
    m_pause->setInterval(pauseMs);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(m_text, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_worst);
    m_worst->setObjectName(QStringLiteral("worstCases"));
    m_worst->setText(tr("&Worst cases"));
    m_worst->setToolTip(tr("The longest, the shortest and other extremes that the last rehearsal found"));
    m_worst->setPopupMode(QToolButton::InstantPopup);
    m_worst->setMenu(m_worstMenu);
    m_worst->hide();
    setRole(m_worst, "quiet");
    connect(m_text, &QLineEdit::textEdited, m_pause, qOverload<>(&QTimer::start));
    connect(m_pause, &QTimer::timeout, this, &ContactPicker::search);
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) { take(index.row()); });
    connect(m_previous, &QToolButton::clicked, this, [this] { walk(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { walk(+1); });
}

void ContactPicker::setContact(const Contact& contact)
{
    m_contact = contact;
    m_text->setText(labelOf(contact));
    m_text->setCursorPosition(0);
    Q_EMIT chosen(contact);
}

void ContactPicker::chooseFirst()
{
    if (m_contact.id == 0 && m_text->text().isEmpty())
        goTo(0);
}

void ContactPicker::choose(qint64 contactId, const QString& name)
{
    ++m_request; // what was asked for before comes too late
    m_offset = -1;
    Contact contact;
    contact.id = contactId;
    contact.name = name;
    setContact(contact);
}

void ContactPicker::setWorstCases(const QList<WorstCase>& cases)
{
    m_worstMenu->clear();
    for (const WorstCase& worst : cases) {
        QAction* action = m_worstMenu->addAction(worstCaseText(worst).replace(u'&', u"&&"_qs));
        connect(action, &QAction::triggered, this, [this, worst] {
            Q_EMIT channelAsked(worst.channel);
            choose(worst.contactId, worst.contactName);
        });
    }
    m_worst->setVisible(!cases.isEmpty());
}

bool ContactPicker::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress && !m_completer->popup()->isVisible()) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            walk(key == Qt::Key_Up ? -1 : +1);
            return true;
        }
    } else if (watched == m_text && event->type() == QEvent::FocusIn) {
        QTimer::singleShot(0, m_text, &QLineEdit::selectAll);
    } else if (watched == m_text && event->type() == QEvent::FocusOut && !m_completer->popup()->isVisible()) {
        m_text->setText(labelOf(m_contact)); // who is shown, whatever was typed
        m_text->setCursorPosition(0);
    }
    return QWidget::eventFilter(watched, event);
}

void ContactPicker::search()
{
    m_query = m_text->text().trimmed();
    m_offset = -1;
    whenReady(m_search(m_query, {0, listLength}), this,
              [this, request = ++m_request](const Result<Page<Contact>>& page) { showFound(request, page); });
}

void ContactPicker::showFound(quint64 request, const Result<Page<Contact>>& page)
{
    if (request != m_request)
        return;
    if (!page) {
        Q_EMIT failed(page.error());
        return;
    }
    m_found = page->rows;
    QStringList labels;
    for (const Contact& contact : m_found)
        labels << labelOf(contact);
    m_labels->setStringList(labels);
    if (labels.isEmpty() || !m_text->hasFocus())
        m_completer->popup()->hide();
    else
        m_completer->complete();
}

void ContactPicker::take(int row)
{
    if (row < 0 || row >= m_found.size())
        return;
    m_offset = row;
    setContact(m_found.at(row));
}

void ContactPicker::walk(int step)
{
    goTo(m_offset < 0 ? 0 : m_offset + step);
}

void ContactPicker::goTo(qint64 offset)
{
    if (offset < 0)
        return;
    whenReady(m_search(m_query, {offset, 1}), this,
              [this, offset, request = ++m_request](const Result<Page<Contact>>& page) {
                  if (request != m_request)
                      return;
                  if (!page) {
                      Q_EMIT failed(page.error());
                  } else if (!page->rows.isEmpty()) {
                      m_offset = offset;
                      setContact(page->rows.first());
                  }
              });
}

} // namespace carillon::ui
