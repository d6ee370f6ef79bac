# Prints what a screen reader is told of all windows of the session: name, description and text of
# each part, a line each.
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def walk(node, depth=0):
    if node is None or depth > 60:
        return
    text = ""
    shown = node.get_text_iface()
    if shown is not None:
        text = Atspi.Text.get_text(shown, 0, Atspi.Text.get_character_count(shown))
    print(node.get_role_name(), node.get_name(), node.get_description(), text, sep=" | ")
    for at in range(node.get_child_count()):
        try:
            walk(node.get_child_at_index(at), depth + 1)
        except gi.repository.GLib.Error as error:
            print("gone", error)


desktop = Atspi.get_desktop(0)
for at in range(desktop.get_child_count()):
    walk(desktop.get_child_at_index(at))
