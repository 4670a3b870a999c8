# ical.py: reads a calendar (RFC 5545) from the standard input by python3-icalendar and prints it as
# JSON: its name, the offsets of its time zones, and its events by UID.
import datetime
import json
import re
import sys

import icalendar


def time_of(value):
    if isinstance(value.dt, datetime.datetime):
        return value.dt.strftime('%Y%m%dT%H%M%S') + ' ' + str(value.params.get('TZID', '-'))
    return value.dt.strftime('%Y%m%d')


# icalendar 4 unescapes texts twice, so that it takes a backslash and an n for a line break: the texts
# are unescaped here, from its unfolded lines.
def texts_of(source):
    events = []
    for line in icalendar.parser.Contentlines.from_ical(source):
        if line == 'BEGIN:VEVENT':
            events.append({})
        name, _, value = line.partition(':')
        if events:
            events[-1][name] = re.sub(r'\\([\\;,nN])', lambda sign: '\n' if sign[1] in 'nN' else sign[1], value)
    return events


source = sys.stdin.buffer.read()
calendar = icalendar.Calendar.from_ical(source)
events = {}
for event, texts in zip(calendar.walk('VEVENT'), texts_of(source), strict=True):
    if texts['UID'] in events or texts['UID'] != str(event['UID']):
        sys.exit('twice or torn: ' + texts['UID'])
    events[texts['UID']] = [time_of(event['DTSTART']), time_of(event['DTEND'])] + [
        texts.get(name, '') for name in ('SUMMARY', 'LOCATION', 'DESCRIPTION', 'STATUS')]
zones = {str(zone['TZID']): [part['TZOFFSETTO'].to_ical() for part in zone.subcomponents]
         for zone in calendar.walk('VTIMEZONE')}
json.dump({'name': str(calendar['X-WR-CALNAME']), 'zones': zones, 'events': events}, sys.stdout)
