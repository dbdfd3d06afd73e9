// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/PreviewPane.h"

#include "engine/model/EmailAddress.h"
#include "ui/preview/ChannelBar.h"
#include "ui/preview/FactsLine.h"
#include "ui/preview/MailPreview.h"
#include "ui/preview/MessageViews.h"
#include "ui/preview/ProblemList.h"
#include "ui/preview/RemoteImages.h"
#include "ui/preview/WhyView.h"
#include "ui/widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>

#include <algorithm>

namespace carillon::ui {

namespace {

QLabel* label(const QString& name, QWidget* parent)
{
    auto* made = new QLabel(parent);
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setTextFormat(Qt::PlainText);
    setRole(made, "muted");
    return made;
}

bool hasContent(const Preview& preview)
{
    return !preview.source.isEmpty() || !preview.fields.isEmpty()
        || std::any_of(preview.parts.cbegin(), preview.parts.cend(), [](const QString& part) { return !part.isEmpty(); });
}

// There is something to show: a message, or the parts of one that its channel refuses. A part that could not be rendered
// leaves a picture that lies.
bool canBeDrawn(const Preview& preview)
{
    const bool lacksPart
        = std::any_of(preview.problems.cbegin(), preview.problems.cend(), [&](const TemplateProblem& problem) {
              return problem.severity == Severity::Error && preview.parts.value(problem.part).isEmpty();
          });
    const bool isBuilt = !preview.source.isEmpty() || !preview.fields.isEmpty();
    return hasContent(preview) && (isBuilt || !lacksPart);
}

} // namespace

PreviewPane::PreviewPane(ContactPicker::Search search, QWidget* parent, HtmlViewMaker maker)
    : QWidget(parent)
    , m_images(new RemoteImages(this))
    , m_picker(new ContactPicker(std::move(search), this))
    , m_channels(new ChannelBar(this))
    , m_problems(new ProblemList(this))
    , m_recipient(label(QStringLiteral("previewRecipient"), this))
    , m_remoteBar(makeRemoteBar())
    , m_content(new QStackedWidget(this))
    , m_mail(new MailPreview(std::move(maker), *m_images, this))
    , m_messages(new MessageView(*m_images, this))
    , m_nothing(label(QStringLiteral("previewNothing"), this))
    , m_facts(new FactsLine(this))
    , m_why(new WhyView(this))
{
    setObjectName(QStringLiteral("previewPane"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_recipient->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // an app's address is long and has no gap
    for (QWidget* view :
         {static_cast<QWidget*>(m_nothing), static_cast<QWidget*>(m_mail), static_cast<QWidget*>(m_messages)})
        m_content->addWidget(view);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, Theme::Space);
    column->setSpacing(Theme::SmallSpace + 2);
    for (QWidget* line : {static_cast<QWidget*>(m_picker), static_cast<QWidget*>(m_channels),
                          static_cast<QWidget*>(m_problems), static_cast<QWidget*>(m_recipient), m_remoteBar})
        column->addWidget(line);
    column->addWidget(m_content, 1);
    column->addWidget(m_facts);
    column->addWidget(m_why);
    connect(m_problems, &ProblemList::activated, this, &PreviewPane::problemActivated);
    connect(m_picker, &ContactPicker::channelAsked, m_channels, [this](const QString& channel) {
        if (m_channels->channels().contains(channel))
            m_channels->setChannel(channel);
    });
    connect(m_channels, &ChannelBar::channelChosen, this, &PreviewPane::channelChosen);
    connect(m_channels, &ChannelBar::darkChosen, this, &PreviewPane::setDark);
    connect(m_images, &RemoteImages::changed, this, &PreviewPane::showRemote);
    connect(m_mail, &MailPreview::shown, this, &PreviewPane::shown);
    addShortcuts();
    showNothing(tr("Nothing to preview yet."));
}

QWidget* PreviewPane::makeRemoteBar()
{
    auto* bar = new QFrame(this);
    setRole(bar, "card");
    bar->setObjectName(QStringLiteral("previewRemoteBar"));
    m_remote = new QLabel(bar);
    m_remote->setWordWrap(true);
    auto* load = new QPushButton(tr("&Load images"), bar);
    load->setObjectName(QStringLiteral("previewLoadImages"));
    load->setToolTip(tr("For this message only. Whoever keeps the images learns that they were loaded, and from where."));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(Theme::Space, 4, 4, 4);
    row->addWidget(m_remote, 1);
    row->addWidget(load);
    connect(load, &QPushButton::clicked, m_images, &RemoteImages::approve);
    bar->hide();
    return bar;
}

void PreviewPane::addShortcuts()
{
    auto* back = new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Left), this);
    auto* on = new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Right), this);
    connect(back, &QShortcut::activated, m_picker, &ContactPicker::goBack);
    connect(on, &QShortcut::activated, m_picker, &ContactPicker::goOn);
}

void PreviewPane::setChannels(const QStringList& channels, const QString& edited)
{
    m_channels->setChannels(channels);
    m_channels->setVisible(!channels.isEmpty());
    const bool follows = edited != m_edited || !channels.contains(m_channels->channel());
    m_edited = edited;
    if (follows)
        m_channels->setChannel(channels.contains(edited) || channels.isEmpty() ? edited : channels.first());
}

QString PreviewPane::channel() const
{
    return m_channels->channel();
}

// While somebody is in the middle of a tag nothing can be rendered: the picture before it stays, so that it does not come
// and go with every key.
void PreviewPane::showPreview(const Preview& preview, const QString& channel)
{
    const bool draws = canBeDrawn(preview);
    const bool isSame = m_drawn && m_drawnChannel == channel && m_drawnContact == m_picker->contactId();
    const QString headline = draws ? QString()
        : isSame                   ? tr("This cannot be rendered as it stands. Below is the last that could.")
                                   : tr("This cannot be rendered as it stands.");
    m_problems->setProblems(headline, preview.problems);
    m_why->setLines(preview.explanation);
    if (draws)
        draw(preview, channel);
    else if (!isSame) {
        m_drawn.reset();
        m_nothing->setText(QString());
        m_recipient->hide();
        m_facts->hide();
        m_remoteBar->hide();
        m_content->setCurrentWidget(m_nothing);
    }
    if (!draws || channel != u"email")
        Q_EMIT shown();
}

void PreviewPane::draw(const Preview& preview, const QString& channel)
{
    m_drawn = preview;
    m_drawnChannel = channel;
    m_drawnContact = m_picker->contactId();
    const bool isMail = channel == u"email";
    m_channels->setDark(isDark(channel));
    m_facts->setFacts(preview.facts);
    m_recipient->setVisible(!isMail && channel != u"webhook");
    m_recipient->setText(preview.to.isEmpty() ? tr("This contact has no address here.")
                                              : tr("To %1").arg(shownAddress(channel, preview.to)));
    m_images->begin(channel + u'\n' + preview.to + u'\n' + QString::number(m_drawnContact));
    if (isMail) {
        m_mail->setDark(isDark(channel));
        m_mail->setPreview(preview);
    } else {
        m_messages->setPreview(preview, channel, isDark(channel));
    }
    m_content->setCurrentWidget(isMail ? static_cast<QWidget*>(m_mail) : m_messages);
    m_images->end();
}

void PreviewPane::showRemote()
{
    const qsizetype count = m_images->count();
    m_remote->setText(count == 1 ? tr("One image on the network is not loaded.")
                                 : tr("%1 images on the network are not loaded.").arg(count));
    m_remoteBar->setVisible(count > 0 && !m_images->isApproved());
}

bool PreviewPane::isDark(const QString& channel) const
{
    const bool windowIsDark = palette().color(QPalette::Window).lightness() < 128;
    return channel == u"email" ? m_darkMail : m_darkMessages.value_or(windowIsDark);
}

void PreviewPane::setDark(bool dark)
{
    if (m_drawnChannel == u"email")
        m_darkMail = dark;
    else
        m_darkMessages = dark;
    dress();
}

void PreviewPane::dress()
{
    if (m_drawn)
        draw(Preview(*m_drawn), m_drawnChannel);
}

void PreviewPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void PreviewPane::showError(const Error& error)
{
    TemplateProblem problem;
    problem.message = error.message;
    showNothing(QString());
    m_problems->setProblems({}, {problem});
}

void PreviewPane::showNothing(const QString& sentence)
{
    m_drawn.reset();
    m_images->begin({});
    m_images->end();
    m_nothing->setText(sentence);
    m_content->setCurrentWidget(m_nothing);
    m_problems->setProblems({}, {});
    m_recipient->hide();
    m_facts->hide();
    m_why->setLines({});
}

} // namespace carillon::ui
