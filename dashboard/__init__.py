"""Progress of Jiangsu's stock patents against the plan 苏知发〔2024〕23号, from export folder to weekly bulletin."""

__version__ = "0.1.0"
