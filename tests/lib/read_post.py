#!/usr/bin/python3
# read_post.py: reads letters or a calendar with Python's parsers and prints them as JSON, for
# outbound_unicode.t: another implementation than the one that wrote them.
#   read_post.py letter FILE …      read_post.py calendar FILE
import email
import email.header
import email.policy
import email.utils
import json
import sys


def whole(text):
    """The text, with bytes that are no text written out."""
    return str(text).encode('utf-8', 'backslashreplace').decode('utf-8')


def letter(name):
    with open(name, 'rb') as file:
        raw = file.read()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    # not by the policy: Python 3.11 leaves the blank between two encoded words of a name
    name, address = email.utils.parseaddr(email.message_from_bytes(raw)['From'])
    return {
        'id': message['Message-ID'], 'subject': whole(message['Subject']),
        'from': whole(email.header.make_header(email.header.decode_header(name))), 'address': address,
        'to': [one.addr_spec for one in message['To'].addresses],
        'type': message.get_content_type(), 'text': whole(message.get_content()),
        'end': str(message['List-Unsubscribe']).strip(),
        'defects': [str(one) for part in message.walk() for one in part.defects]
        + [str(one) for value in message.values() for one in getattr(value, 'defects', [])],
        'longest': max(len(line) for line in raw.replace(b'\r\n', b'\n').split(b'\n')),
        'is_ascii': raw.isascii(),
    }


def calendar(name):
    import icalendar
    with open(name, 'rb') as file:
        raw = file.read()
    whole = icalendar.Calendar.from_ical(raw)
    return {
        'name': str(whole['X-WR-CALNAME']),
        'events': [{
            'uid': str(event['UID']), 'name': str(event['SUMMARY']), 'place': str(event.get('LOCATION', '')),
            'text': str(event.get('DESCRIPTION', '')),
            'at': event.decoded('DTSTART').strftime('%Y-%m-%d %H:%M'), 'errors': [str(one) for one in event.errors],
        } for event in whole.walk('VEVENT')],
        'longest': max(len(line) for line in raw.split(b'\r\n')),
        'is_crlf': b'\n' not in raw.replace(b'\r\n', b''),
    }


if sys.argv[1] == 'letter':
    print(json.dumps([letter(name) for name in sys.argv[2:]]))
else:
    print(json.dumps(calendar(sys.argv[2])))
