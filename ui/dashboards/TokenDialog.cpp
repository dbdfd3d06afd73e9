// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/TokenDialog.h"

#include "engine/service/DashboardService.h"
#include "ui/forms/FieldForm.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr qint64 dayMs = 86'400'000;

} // namespace

TokenDialog::TokenDialog(Issue issue, QWidget* parent)
    : QDialog(parent)
    , m_issue(std::move(issue))
    , m_form(new FieldForm(this))
    , m_name(new QLineEdit(this))
    , m_days(new QSpinBox(this))
    , m_token(new QLineEdit(this))
    , m_note(makeLabel({}, "muted", this))
{
    setObjectName(QStringLiteral("tokenDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Token for an application"));
    setMinimumWidth(560);
    m_name->setObjectName(QStringLiteral("tokenName"));
    m_name->setPlaceholderText(QStringLiteral("shop"));
    m_days->setObjectName(QStringLiteral("tokenDays"));
    m_days->setRange(1, 366);
    m_days->setValue(90);
    m_days->setSuffix(tr(" days"));
    m_days->setMaximumWidth(120);
    m_form->addField(QStringLiteral("name"), tr("&Name"), m_name, tr("What it does stands under this name in the log."));
    m_form->addField(QStringLiteral("scope"), tr("It &may"), makeScopes());
    m_form->addField(QStringLiteral("valid"), tr("&Valid for"), m_days);
    m_token->setObjectName(QStringLiteral("tokenText"));
    m_token->setAccessibleName(tr("Token"));
    m_token->setReadOnly(true);
    m_token->hide();
    m_note->setObjectName(QStringLiteral("tokenNote"));
    m_note->setText(tr("Whoever has it may do this until it expires: keep it like a password. It is not shown again."));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(QStringLiteral("copyApplicationToken"));
    m_copy->hide();
    m_make = buttons->addButton(tr("Make &token"), QDialogButtonBox::ActionRole);
    m_make->setObjectName(QStringLiteral("makeToken"));
    m_make->setDefault(true);
    setRole(m_make, "primary");
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(Theme::Space);
    layout->addWidget(m_form);
    layout->addWidget(m_token);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    connect(m_make, &QPushButton::clicked, this, &TokenDialog::make);
    connect(m_copy, &QPushButton::clicked, this, &TokenDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QWidget* TokenDialog::makeScopes()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    const std::pair<QString, QString> scopes[]
        = {{TokenScope::TriggerSend, tr("send topics to people, and see what came of it")},
           {TokenScope::EngagementWrite, tr("say what contacts have read, opened or clicked")},
           {TokenScope::DeviceWrite, tr("register and remove the devices of contacts")},
           {TokenScope::FeedRead, tr("read the live feed")}};
    for (const auto& [scope, words] : scopes) {
        auto* check = new QCheckBox(words, box);
        check->setObjectName(scope);
        check->setToolTip(scope);
        check->setChecked(scope == TokenScope::TriggerSend);
        column->addWidget(check);
        m_scopes.append({check, scope});
    }
    box->setFocusProxy(m_scopes.first().first);
    return box;
}

void TokenDialog::make()
{
    m_form->clearErrors();
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) {
        m_form->showError({ErrorCode::InvalidInput, tr("Name the application that gets it."), QStringLiteral("name")});
        return;
    }
    QStringList scopes;
    for (const auto& [check, scope] : m_scopes) {
        if (check->isChecked())
            scopes << scope;
    }
    const Result<QString> token = m_issue(name, m_days->value() * dayMs, scopes);
    if (!token) {
        if (!m_form->showError(token.error()))
            m_note->setText(token.error().message);
        return;
    }
    m_token->setText(*token);
    m_token->setCursorPosition(0);
    m_token->show();
    m_copy->show();
    m_copy->setFocus(Qt::OtherFocusReason);
}

void TokenDialog::copy()
{
    QGuiApplication::clipboard()->setText(m_token->text());
    m_note->setText(tr("The token is on the clipboard."));
}

} // namespace carillon::ui
