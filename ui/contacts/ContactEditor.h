// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Device.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace carillon::ui {

class DeviceList;
class FieldForm;

// One contact: who it is, where it is reached, and what is known about it. It changes nothing itself; the page saves when
// asked. Belongs to its parent.
class ContactEditor : public QWidget {
    Q_OBJECT

public:
    explicit ContactEditor(QWidget* parent = nullptr);

    // A contact without an id is a new one.
    void setContact(const Contact& contact);
    // Of the contact that is shown.
    void setDevices(const QList<Device>& devices);
    Contact contact() const;
    bool hasUnsavedChanges() const { return m_dirty; }
    void setSaved(qint64 id);

    void clearErrors();
    bool showError(const Error& error); // false when no field is to blame
    void focusFirst();

Q_SIGNALS:
    void saveAsked();
    void removeAsked();

private:
    QWidget* makeAddresses();
    QWidget* makeAttributes();
    void addAddress(const Address& address);
    void addAttribute(const QString& key, const QString& value);
    void setDirty(bool dirty);

    Contact m_contact;
    QLabel* m_title;
    FieldForm* m_form;
    QLineEdit* m_name;
    QLineEdit* m_externalId;
    QLineEdit* m_locale;
    QComboBox* m_timeZone;
    QLineEdit* m_quietHours;
    QTableWidget* m_addresses = nullptr;
    DeviceList* m_devices;
    QTableWidget* m_attributes = nullptr;
    QPushButton* m_save;
    QPushButton* m_remove;
    bool m_dirty = false;
    bool m_filling = false;
};

} // namespace carillon::ui
