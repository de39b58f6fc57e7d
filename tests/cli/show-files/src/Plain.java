class Plain { }
