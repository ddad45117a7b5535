"""One office day over real servers on which everything goes wrong that a provider, a line and strangers can do.

troubles     Dovecot and Postfix refuse, and give less than they hold; then no more
flood        what strangers send on that day: hostile mails by the hundred, forgeries, a report without proof
office       the office of that day: long names, two cycles, wires before both servers, a bell
scenes       the day, hour by hour
accounts     what must be true at its end, mail by mail and letter by letter
"""
