#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/golden/documents/telegram*.html: two pages of a chat in the shape of Telegram's export in HTML, of no
real person, equal byte for byte at every run.

    tools/make/telegram_pages.py tests/golden/documents
"""
import html
import sys


def div(classes, inside, **more):
    more = "".join(f' {name}="{html.escape(value)}"' for name, value in more.items())
    return f'<div class="{classes}"{more}>\n{inside}\n</div>\n'


def page(name, history):
    return ('<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8"/>\n<title>Exported Data</title>\n'
            '<link href="css/style.css" rel="stylesheet"/>\n</head>\n<body onload="CheckLocation();">\n'
            + div("page_wrap", div("page_header", div("content", div("text bold", html.escape(name))))
                  + div("page_body chat_page", div("history", history))) + "</body>\n</html>\n").encode()


def day(number, text):
    return div("message service", div("body details", text), id=f"message-{number}")


def service(number, text):
    return div("message service", div("body details", text), id=f"message{number}")


def picture_of(initials, classes="pull_left userpic_wrap"):
    return div(classes, div("userpic userpic1", div("initials", initials), style="width: 42px; height: 42px"))


def message(number, time, name, inside):
    """Without a name it is joined to the one before."""
    head = picture_of(name[:1]) if name else ""
    body = div("pull_right date details", time[11:16], title=time)
    body += div("from_name", html.escape(name)) if name else ""
    return div("message default clearfix" + ("" if name else " joined"), head + div("body", body + inside), id=f"message{number}")


def forwarded(name, time, inside):
    if not name:
        return div("forwarded body", inside)
    span = f'<span class="date details" title="{time}"> {time[:19]}</span>'
    return picture_of(name[:1], "pull_left forwarded userpic_wrap") + div("forwarded body", div("from_name", html.escape(name) + span) + inside)


def reply(number, file=""):
    return div("reply_to details", f'In reply to <a href="{file}#go_to_message{number}">this message</a>')


def text(inside):
    return div("text", inside)


def link(classes, href, inside):
    return div("media_wrap clearfix", f'<a class="{classes}" href="{html.escape(href)}">\n{inside}</a>\n')


def photo(path):
    return link("photo_wrap clearfix pull_left", path, f'<img class="photo" src="{path}_thumb.jpg" style="width: 260px"/>\n')


def media(kind, href, title, description="", status=""):
    body = div("fill pull_left", "") + div("body", div("title bold", title) + (div("description", description) if description else "")
                                            + (div("status details", status) if status else ""))
    classes = f"media clearfix pull_left {'block_link ' if href else ''}media_{kind}"
    return link(classes, href, body) if href else div("media_wrap clearfix", div(classes, body))


def first():
    at = "04.03.2021 05:0{}:07 UTC+01:00".format
    poll = div("media_wrap clearfix", div("media_poll", div("question bold", "Which road?") + div("details", "Anonymous poll")
                                          + div("answer", '- north <span class="details">2 votes</span>') + div("total details", "2 votes")))
    return page("Roads «north» & План ", day(1, "4 March 2021") + service(1, "Anna Specimen created group &laquo;Roads&raquo; with members E. Ditor")
                + message(2, at(1), "Anna Specimen ", text("first line<br>second &lt;line&gt; &amp; <strong>Привет</strong>"))
                + message(3, at(2), "", reply(2) + photo("../../chats/chat_1/photos/photo_1@04-03-2021.jpg") + text("joined"))
                + message(4, at(3), "E. Ditor via @helper", media("file", "files/list &amp; more.pdf".replace("&amp;", "&"), "list &amp; more.pdf", status="12.0 KB"))
                + message(5, at(4), "E. Ditor ", forwarded("Nobody ", "01.02.2021 03:04:05 UTC+01:00", text("from elsewhere")))
                + message(6, at(4), "", forwarded("", "", text("more of it")))
                + message(7, at(5), "Deleted Account", media("contact", "", "Roman Muster", status="+000 11"))
                + message(8, at(6), "", media("location", "https://maps.google.com/maps?q=1.5,2.5", "Location", status="1.5, 2.5"))
                + message(9, at(7), "Anna Specimen ", poll + div("signature details", "A. S."))
                + message(10, at(8), "Anna Specimen ", media("video", "", "Video file", "Not included, change data exporting settings to download.", "00:07, 9.0 MB"))
                + '<a class="pagination block_link" href="messages2.html">\nNext messages\n</a>\n')


def second():
    return page("Roads «north» & План ", '<a class="pagination block_link" href="messages.html">\nPrevious messages\n</a>\n'
                + day(2, "5 March 2021") + message(11, "05.03.2021 00:00:01", "E. Ditor ", reply(2, "messages.html") + text("an old export says no zone")))


def main():
    whole = first()
    cut = whole.index(b"1.5, 2.5")
    files = {"telegram_page.html": whole, "telegram_page2.html": second(), "telegram_cut.html": whole[:cut]}
    for name, data in files.items():
        with open(f"{sys.argv[1]}/{name}", "wb") as out:
            out.write(data)


if __name__ == "__main__":
    main()
