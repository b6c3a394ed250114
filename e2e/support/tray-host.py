"""A host of the StatusNotifierItem specification: shows no icons, but says which there are and clicks on them.

Prints "ready" once icons can register. For each line on its standard input it prints one of JSON: "items" gives
what the icons tell of themselves, "activate" clicks on the first of them.
"""

import json
import sys

from gi.repository import Gio, GLib

NAME = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
XML = f"""<node><interface name="{NAME}">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
</interface></node>"""

loop = GLib.MainLoop()
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
items = {}


def on_call(_bus, sender, _path, _interface, method, arguments, call):
    if method == "RegisterStatusNotifierItem":
        items[sender] = arguments.unpack()[0]
    call.return_value(None)


def on_get(_bus, _sender, _path, _interface, name):
    if name == "RegisteredStatusNotifierItems":
        return GLib.Variant("as", list(items.values()))
    if name == "ProtocolVersion":
        return GLib.Variant("i", 0)
    return GLib.Variant("b", True)


def on_gone(_bus, _sender, _path, _interface, _signal, arguments):
    name, _before, after = arguments.unpack()
    if after == "":
        items.pop(name, None)


def on_line(source, _condition):
    line = source.readline()
    if line == "":
        loop.quit()
        return False
    answer = [describe(owner) for owner in items]
    if line.strip() == "activate":
        for owner in list(items)[:1]:
            ask(owner, ITEM, "Activate", GLib.Variant("(ii)", (1, 1)))
    print(json.dumps(answer), flush=True)
    return True


def path_of(owner):
    return items[owner] if items[owner].startswith("/") else "/StatusNotifierItem"


def ask(owner, interface, method, arguments):
    return bus.call_sync(
        owner, path_of(owner), interface, method, arguments, None, Gio.DBusCallFlags.NONE, 2000
    )


def describe(owner):
    (all_of_it,) = ask(
        owner, "org.freedesktop.DBus.Properties", "GetAll", GLib.Variant("(s)", (ITEM,))
    ).unpack()
    return {
        "title": all_of_it.get("ToolTip", ("", [], "", ""))[2],
        "sizes": [width for width, _height, _bytes in all_of_it.get("IconPixmap", [])],
    }


node = Gio.DBusNodeInfo.new_for_xml(XML)
bus.register_object("/StatusNotifierWatcher", node.interfaces[0], on_call, on_get, None)
bus.signal_subscribe(
    "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", None, None, 0, on_gone
)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
Gio.bus_own_name_on_connection(
    bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print("ready", flush=True), None
)
loop.run()
