"""What the program itself has to tell: work refused, messages lost, a database put back."""
