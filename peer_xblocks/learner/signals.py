"""What rooms tell each other. Each is sent inside the transaction that made it true; a sweep repeats what was missed.

Every signal carries `learner` (UUID), and all but `retiring` the `course` (the course key as text).
"""

from django.dispatch import Signal

#: A module has all its planned seconds: `module` (its id).
module_credited = Signal()

#: A knowledge check reached its mastery mark: `usage` (the block's key as text).
check_passed = Signal()

#: A story was marked done by its owner: `usage`. Never a word of it.
story_done = Signal()

#: A sitting of the exam was decided, or its decision changed: `usage`, `passed`.
exam_decided = Signal()

#: A text that the programme asks for was read and signed: `usage`.
text_signed = Signal()

#: A trainer watched a learner practise.
practice_watched = Signal()

#: A question, not news: which checks has this learner passed? A receiver answers their keys as text.
passed_asked = Signal()

#: A question, not news: how many seconds of training does this learner have in this course? A receiver answers seconds.
training_asked = Signal()

#: Work that was done while the line was down has arrived: `at` and `received` (Unix seconds), `usage`.
work_saved = Signal()

#: Something that was credited, passed or signed no longer counts: `what` (text for the log, no personal words).
reversed_ = Signal()

#: A registry's receipt for a completion verified: `completion_key`.
receipt_arrived = Signal()

#: The learner's account is being retired: rooms erase names and private texts now. What one raises undoes all of it.
retiring = Signal()
