"""What became of a return between two versions: findings, and every other change."""
