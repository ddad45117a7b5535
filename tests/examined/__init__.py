"""What is laid before the examiner: tapes of seeds, of the demo and of real servers, and bugs that he has to find.

seeds        tapes of the simulation's seeds, and what an outsider knows of the office that a seed has drawn
demo         the tape of the demo, recorded by its mail server
real         tapes of the stories on Postfix and Dovecot
planted      bugs: branches of the product switched off, one for each law that can be broken
bent_post    two ways out that do not do what they say
"""
