"""What did people say of each line of a translation?"""
