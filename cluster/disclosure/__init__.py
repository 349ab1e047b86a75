"""What a practice's charts may be made from: whose numbers, known by what, held against which round."""
