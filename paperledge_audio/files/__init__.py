"""What comes from and goes to disk: tables read strictly, files written whole, where things lie."""
