"""The answers: what there is, the editor, proposals and their approval, history."""
