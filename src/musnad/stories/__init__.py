"""Stories: views of the record that can always be rebuilt from it.

Articles about the same happening, copies of one text, independent sources, accounts side by side, figures by claimant.
"""
