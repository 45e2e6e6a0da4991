"""Every metric of the output contract counted again in plain Python, from `metrics.md` alone.

It shares nothing with `queries/`: no SQL, no frames, its own transcription of the plan. It is slow and literal on
purpose, and exists to disagree.
"""
