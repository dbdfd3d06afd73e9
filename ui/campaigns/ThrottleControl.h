// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QSlider;
class QTimer;

namespace carillon::ui {

class ToneLabel;

// How fast a campaign may go: a logarithmic slider, the same as a number, and "no limit". What is set is asked for once the
// hand rests, and stands as pending until it is said to be in force. Belongs to its parent.
class ThrottleControl : public QWidget {
    Q_OBJECT

public:
    static constexpr int RestMs = 350; // so long nothing moves before it is asked for

    explicit ThrottleControl(QWidget* parent = nullptr);

    // What is in force; 0: no limit. Does not disturb who is about to change it.
    void setThrottle(double perMinute);
    double throttle() const; // as it stands here
    void setWritable(bool writable);
    // The answers to throttleAsked().
    void acknowledge();
    void refuse(const QString& why); // and goes back to what is in force
    // Another campaign: what was begun here is forgotten.
    void reset();

Q_SIGNALS:
    void throttleAsked(double perMinute);

private:
    void takeSlider(int step);
    void takeNumber(double perMinute);
    void takeUnlimited(bool unlimited);
    void change();
    void ask();
    void show(double perMinute);
    void describe();

    QSlider* m_slider;
    QDoubleSpinBox* m_number;
    QCheckBox* m_unlimited;
    ToneLabel* m_state;
    QTimer* m_rest;
    double m_inForce = 0;
    bool m_asked = false; // and not answered
    bool m_writable = true;
};

} // namespace carillon::ui
