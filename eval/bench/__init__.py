"""What the tool costs, on the machine at hand, against the budgets of its design: ``make bench``."""
