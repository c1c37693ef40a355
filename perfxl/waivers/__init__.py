"""豁免: findings that a bureau lets pass, each with its reason, its author and its last day."""
