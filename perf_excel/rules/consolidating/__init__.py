"""Forms of sub-units consolidated into their department's (汇总): what each gives, and how it is joined."""
