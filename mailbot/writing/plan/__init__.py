"""Why a letter is sent, in one sentence, and the page of all that will be sent."""
