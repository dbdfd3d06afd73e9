# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants one violation of each kind into a small tree, and one use of each kind that is right."""
import tempfile
import unittest
from pathlib import Path

import layers

ROOMS = "carillon_room(base)\ncarillon_room(model ROOMS base LIBRARIES Qt6::Network)\ncarillon_room(store ROOMS base model)\n" \
        "carillon_room(service ROOMS base model store)\n"


class LayersTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.source = Path(self.folder.name)
        self.plant("engine/CMakeLists.txt", ROOMS)

    def plant(self, path, text):
        file = self.source / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def finds(self, path, include, word):
        self.plant(path, f"// first line\n#include {include}\n")
        problems = layers.check(self.source)
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(f"{path}:2:", problems[0])
        self.assertIn(word, problems[0])

    def allows(self, path, *included):
        self.plant(path, "".join(f"#include {include}\n" for include in included))
        self.assertEqual(layers.check(self.source), [])

    def test_a_room_may_use_those_below(self):
        self.allows("engine/store/Store.cpp", '"engine/store/Store.h"', '"engine/model/Contact.h"', '"engine/base/Clock.h"',
                    "<QSqlQuery>", "<QtCore/QString>", "<vector>", "<sys/queue.h>")

    def test_no_room_uses_one_above(self):
        self.finds("engine/model/Contact.h", '"engine/store/Store.h"', "model may not use store")

    def test_no_room_uses_one_that_its_list_leaves_out(self):
        self.plant("engine/CMakeLists.txt", "carillon_room(base)\ncarillon_room(model ROOMS base)\ncarillon_room(liquid ROOMS base)\n")
        self.finds("engine/liquid/Value.cpp", '"engine/model/Contact.h"', "liquid may not use model")

    def test_no_room_uses_the_face_of_the_engine(self):
        self.finds("engine/service/ContactService.cpp", '"engine/Engine.h"', "the face of the engine")

    def test_the_face_uses_every_room(self):
        self.allows("engine/Engine.cpp", '"engine/service/ContactService.h"', '"engine/base/Clock.h"')

    def test_the_engine_uses_no_window(self):
        self.finds("engine/base/Colour.cpp", "<QColor>", "window modules")

    def test_the_engine_uses_no_window_by_module(self):
        self.finds("engine/base/Colour.cpp", "<QtWidgets/QWidget>", "window modules")

    def test_the_face_uses_no_window(self):
        self.finds("engine/Engine.cpp", "<QApplication>", "window modules")

    def test_the_engine_does_not_use_ui(self):
        self.finds("engine/service/Words.h", '"ui/widgets/Words.h"', "may not include ui/")

    def test_ui_uses_operations_and_values(self):
        self.allows("ui/contacts/ContactsPage.cpp", '"engine/service/ContactService.h"', '"engine/model/Contact.h"', '"engine/base/Result.h"',
                    '"ui/widgets/Icon.h"', "<QWidget>")

    def test_ui_uses_no_repository(self):
        self.finds("ui/contacts/ContactsPage.cpp", '"engine/store/ContactRepository.h"', "ui may use only")

    def test_ui_does_not_use_app(self):
        self.finds("ui/frame/MainWindow.cpp", '"app/Options.h"', "may not include app/")

    def test_app_uses_all(self):
        self.allows("app/main.cpp", '"engine/store/Store.h"', '"ui/frame/MainWindow.h"', '"engine/Engine.h"')

    def test_a_folder_without_a_room_is_found(self):
        self.plant("engine/attic/Old.cpp", "\n")
        self.assertIn("no room attic", layers.check(self.source)[0])

    def test_a_list_that_goes_up_is_found(self):
        self.plant("engine/CMakeLists.txt", "carillon_room(base ROOMS model)\ncarillon_room(model)\n")
        self.assertIn("base uses model", layers.check(self.source)[0])

    def test_comments_are_not_read(self):
        self.allows("engine/base/Clock.h", '<memory>\n// #include "ui/x.h"\n/*\n#include "ui/x.h"\n*/')


if __name__ == "__main__":
    unittest.main()
