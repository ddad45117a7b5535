"""Many offices beside each other in words: the values of the letter about them, and its workbook."""
